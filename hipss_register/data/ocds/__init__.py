"""The contracts in the Open Contracting Data Standard 1.1.5: a view of the same histories as the contracts' pages.

One contract is one contracting process. Each decision about it that has been taken gives a release, and a second one
before it where its record says how the contract stood until then. What OCDS has no place for is in the register's own
JSON and CSV: authority, alternatives, interests, wards, consultation, and dates known only to the month or the year.
"""
