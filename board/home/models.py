"""When somebody was home last, so that her page tells what changed since."""

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from board.core.db import Model


class HomeVisit(Model):
    """One row a person. A visit is all that she looks at without half an hour between."""

    __tablename__ = "home_visits"
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True, autoincrement=False)
    school_id: Mapped[int]
    #: when the visit before this one ended: what came after it is new to her
    since: Mapped[str] = mapped_column(Text)
    #: when she looked last
    at: Mapped[str] = mapped_column(Text)


home_visits = HomeVisit.__table__
