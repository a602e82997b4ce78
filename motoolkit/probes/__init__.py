"""Why a nested query is slow: what each field costs, and the flat reads that answer the same."""
