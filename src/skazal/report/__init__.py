"""An annotated corpus as one page: charts, and a table of quotes to search, filter and sort, with the text around."""

from skazal.report.data import Fields
from skazal.report.page import write_report

__all__ = ["Fields", "write_report"]
