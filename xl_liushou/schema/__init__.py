"""The one declaration of the master workbook, and how rows become records. Imports core only."""
