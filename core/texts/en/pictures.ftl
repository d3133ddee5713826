# Words on pictures
picture-score = Score
picture-points = { $earned } / { $weight }
picture-grade = Grade { $grade }
picture-no-grade = Not ratable
picture-for = Grade { $grade } takes all of these
picture-against = Grade { $grade } takes one of these (✓ means: not so)
picture-review = Review by experts
picture-changed = Changed since the last rating
picture-week-ago = A week ago

# Names of pictures, which their files have too
picture-name-waterfall = How the points add up
picture-name-checklist = The list checked off
picture-name-aging = Receivables by age
picture-name-ceilings = What holds the limit down
picture-name-migration = How grades move
