"""A grid of equal cells: where each cell lies, whatever stands in it."""

from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Grid:
    """North-up cells; row 0 lies in the north, column 0 in the west.

    Attributes:
        west, north: Outer corner of cell (0, 0), units of the CRS.
        cell_x, cell_y: Sides of a cell, both above 0.
        rows, columns: How many cells there are.
    """

    west: float
    north: float
    cell_x: float
    cell_y: float
    rows: int
    columns: int

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Outer edges: west, south, east, north."""
        south = self.north - self.rows * self.cell_y
        return self.west, south, self.west + self.columns * self.cell_x, self.north

    @property
    def cell_area(self) -> float:
        """Area of a cell, square units of the CRS."""
        return self.cell_x * self.cell_y

    def centres(self, cell: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return (x, y) of the centres of cells, numbered row by row from 0."""
        row, column = np.divmod(cell, self.columns)
        x = self.west + (column + 0.5) * self.cell_x
        return x, self.north - (row + 0.5) * self.cell_y

    def cells_at(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return the cell that holds each point, numbered row by row from 0.

        A point on the line between two cells belongs to the eastern, the southern one; a point
        outside belongs to the cell of the edge that is nearest to it.
        """
        column = np.clip(np.floor((np.asarray(x) - self.west) / self.cell_x), 0, self.columns - 1)
        row = np.clip(np.floor((self.north - np.asarray(y)) / self.cell_y), 0, self.rows - 1)
        return np.asarray(row * self.columns + column, dtype=np.int64)

    @classmethod
    def over(cls, bounds: tuple[float, float, float, float], cell: float) -> "Grid":
        """Return the smallest grid of square cells over bounds, corners on multiples of the side.

        Args:
            bounds: west, south, east, north.
            cell: Side of a cell, above 0.
        """
        west, south, east, north = bounds
        left, top = np.floor(west / cell) * cell, np.ceil(north / cell) * cell
        columns, rows = ceil((east - left) / cell), ceil((top - south) / cell)
        return cls(float(left), float(top), cell, cell, max(rows, 1), max(columns, 1))
