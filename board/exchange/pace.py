"""When things happened in a school that was made a moment ago: on its days, in its hours, and never yet to come."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from board.people import school_days

_BEGIN, _END, _LATEST = time(7, 40), time(15, 30), time(17, 30)
#: so long before now the newest thing happened
_JUST_NOW = timedelta(minutes=6)


class Pace:
    """Moments counted back from ``now`` in the school's days."""

    def __init__(self, days: school_days.Days, zone: ZoneInfo, now: datetime):
        self.days, self.zone, self.now = days, zone, now.astimezone(zone)
        self.today = self.now.date()

    def moment(self, ago: int, share: float) -> datetime:
        """``share``: how much of that day was over, from 0 to 1. While today has not begun, the last afternoon stands for it."""
        if ago:
            begin, end = self._hours(self._day(ago), _END)
        elif self._has_begun():
            begin, end = self._hours(self.today, _LATEST)
            end = min(end, self.now - _JUST_NOW)
        else:
            begin, end = self._hours(self._day(1), _LATEST)
            begin = datetime.combine(begin.date(), _END, self.zone) + timedelta(minutes=1)
        return begin + (end - begin) * share

    def _has_begun(self) -> bool:
        begin, _ = self._hours(self.today, _END)
        return school_days.is_school_day(self.days, self.today) and self.now > begin + 2 * _JUST_NOW

    def _day(self, ago: int) -> date:
        return school_days.add_school_days(self.days, self.today, -ago)

    def _hours(self, day: date, end: time) -> tuple[datetime, datetime]:
        return datetime.combine(day, _BEGIN, self.zone), datetime.combine(day, end, self.zone)
