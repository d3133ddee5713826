"""Workbooks and csv files, in and out: reading uploads safely, templates, exports that stay inert."""
