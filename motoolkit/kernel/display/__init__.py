"""How the toolkit's objects look: pictures, trees and cards."""

from __future__ import annotations
