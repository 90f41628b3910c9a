"""Why a rule is broken: the figures as equations, likely causes, what leads what."""
