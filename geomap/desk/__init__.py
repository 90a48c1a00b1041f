"""The clerk's window: one page in the browser of this machine, for all that the commands do.

No rule of the domain lives here: what is asked goes to :mod:`geomap.pipeline` and
:mod:`geomap.store`, what they answer is shown. Nobody but the browser that was opened with this
start's key gets an answer (:mod:`geomap.desk.guard`).
"""
