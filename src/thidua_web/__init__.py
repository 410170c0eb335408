"""The Django application around the core `thidua`: one app a stage of the year, each standing on those below it."""
