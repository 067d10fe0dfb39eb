"""Work rules: agreements as data, checked against what each person is called to.

`calls` is what is judged, `packs` what it is judged by, `facts` what else must be known, `findings` what comes
out. `check` runs the rules; one file in `kinds` has the meaning of one kind of rule. Nothing here reads a database.
"""
