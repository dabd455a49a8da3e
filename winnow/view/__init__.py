"""The viewer: trajectories as they happened, in a browser, served on this machine alone.

Pages are rendered here (`pages/`, one module each); behaviour is in a small ES module (`static/`). All text of a trace is hostile: it
reaches a page only through `marking`, which escapes it and shows what is invisible.
"""
