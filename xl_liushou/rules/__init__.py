"""One function per rule: School → findings. Pure."""
