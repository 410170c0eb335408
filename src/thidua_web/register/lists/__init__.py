"""What each kind of list means: rows of a workbook into changes of the register, and the register into rows."""
