"""Any table in: workbooks and CSV as rows of text; and the tables we write."""
