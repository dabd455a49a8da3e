"""What runs on the far side: the zygote, each session's supervisor and the worker that executes code.

Imported twice: by the host for the wire format, and under the name `inside` by a fresh interpreter that has nothing else
of ours. So every module here imports the standard library and its neighbours alone, relatively.
"""
