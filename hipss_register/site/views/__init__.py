"""What each page shows, worked out before any template sees it."""
