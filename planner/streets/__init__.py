"""Travel times and walking distances over real streets, out of an OpenStreetMap extract.

`reading` brings the extract in, `tags` says what its words mean for a car and on foot, `network` makes two
networks of them, `keeping` keeps both as one file. `speeds` are dated rows, `engines` find the ways,
`snapping` puts places on streets, `asking` answers: seconds, metres, lines for a map. Where no streets are
kept, `crow` guesses and says so. `corrections` learns from legs as they were driven, which `correcting` makes
of journeys.
"""
