"""Where things lie in Germany: the map's shapes, its projection and the coordinates of towns. All offline."""
