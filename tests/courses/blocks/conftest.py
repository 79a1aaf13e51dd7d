from tests.courses.blocks.journeys import journeys

__all__ = ["journeys"]
