"""Proof: where records come from, how their files were edited, and whether a copy of the site is what was published."""
