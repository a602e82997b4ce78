"""An audit in pictures: how far persons get, both trees side by side, and who is in which group.

They are images and tables without script or network, which notebooks show that JupyterLab does not trust.
"""

from __future__ import annotations

from motoolkit.ad.pictures._coverage import CoveragePicture, Step, steps
from motoolkit.ad.pictures._membership import Membership, MembershipPicture, memberships
from motoolkit.ad.pictures._tree import Node, tree
from motoolkit.ad.pictures._tree_picture import TreePicture

__all__ = [
    "CoveragePicture",
    "Membership",
    "MembershipPicture",
    "Node",
    "Step",
    "TreePicture",
    "memberships",
    "steps",
    "tree",
]
