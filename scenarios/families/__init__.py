"""One task family a file; each module defines a class that derives from `scenarios.family.Family`."""
