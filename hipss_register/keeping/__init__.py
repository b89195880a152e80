"""What one build leaves for the next: what was made and from what, and which files of the site are as they were."""
