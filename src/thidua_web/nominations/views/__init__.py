"""Thin: who may, which page."""
