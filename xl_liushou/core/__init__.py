"""The ground of the house: tables of records, findings, plans, errors. Imports nothing of ours."""
