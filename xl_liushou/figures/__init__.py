"""Figures about a school: one definition each, for papers, the dashboard and statistics. Pure; no child is named."""
