# SPDX-License-Identifier: GPL-2.0-only
"""Text that is made of the gupconv database: series, prove, report, summary."""
