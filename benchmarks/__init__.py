"""Measurements that anyone can repeat; results go to reports/."""
