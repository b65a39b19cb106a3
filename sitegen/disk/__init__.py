"""The edges: whatever reads, writes or starts a process."""
