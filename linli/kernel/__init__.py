"""Kernel: journal, jobs, refusals, the SQLite gate, text; nothing of any business."""
