"""geomap: maps of the service stations that trade unions announce in documents."""

__version__ = "0.1.0"
