"""The register as a site of MkDocs: the only part, beside the plugin itself, that knows MkDocs."""
