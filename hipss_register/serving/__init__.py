"""What a server does beyond a build: it remembers the register, and makes anew only what an edit reaches."""
