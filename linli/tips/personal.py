from linli.people.personal import NOT_PERSONAL, Erasure, Personal

PERSONAL_DATA = {
    "TipSeries": Personal(erasure=Erasure.BLANKED, why="who answers for the tips is forgotten, the series goes on"),
    "Tip": NOT_PERSONAL,
    "TipOfMonth": NOT_PERSONAL,
}
