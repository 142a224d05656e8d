"""xl_liushou: one Excel workbook keeps a rural school's care for its left-behind children."""

__version__ = "0.1.0"
