# Words on pictures
picture-score = Score
