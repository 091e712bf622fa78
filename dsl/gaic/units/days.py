"""Days and weeks of a calendar that nobody changes."""

from typing import Final

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKEND: Final = WEEKDAYS[5:]
DAY: Final = 24
"""Hours of a day."""
WEEK: Final = len(WEEKDAYS) * DAY
"""Hours of a week."""
