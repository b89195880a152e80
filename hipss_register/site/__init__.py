"""The register as a website: what its pages show, and how they are rendered. Knows nothing of MkDocs."""
