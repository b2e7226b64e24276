"""What can go wrong between graphs and an executable."""


class BuildError(Exception):
    """The build could not be finished; the message says why and what to do."""


class PrebuiltError(BuildError):
    """An object that cannot become static data."""


class NothingToTranslate(Exception):
    """A file has no function that can be translated by itself; the message says so."""
