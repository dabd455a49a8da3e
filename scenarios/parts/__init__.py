"""The sections of a scenario file, as frozen data; `scenarios.scenario` puts them together."""
