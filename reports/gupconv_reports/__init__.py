# SPDX-License-Identifier: GPL-2.0-only
"""What assembles text out of the gupconv database: series, prove, report, summary."""
