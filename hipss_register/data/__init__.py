"""Open data: the register in the forms that its users already use, streamed as it is written."""
