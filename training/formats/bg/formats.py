"""Bulgarian dates in figures: Django writes months with a capital and has no format for date and time."""

DATE_FORMAT = "d.m.Y г."
SHORT_DATE_FORMAT = "d.m.Y"
DATETIME_FORMAT = "d.m.Y г., H:i ч."
SHORT_DATETIME_FORMAT = "d.m.Y H:i"
TIME_FORMAT = "H:i"
FIRST_DAY_OF_WEEK = 1
