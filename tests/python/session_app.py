"""A small web application that never forgets: its heap is known, for tests of what is asked of heap files.

It serves 120 requests of 50 visitors and ends. This is what a heap of it has to say, dumped at exit by
`python assets/objgraph_dump.py tests/python/session_app.py`:

- 50 objects `Session`. All are values of one dictionary, `app.sessions`: the module `__main__` has the only
  `Application` under the name `app`, and that has the dictionary as its attribute `sessions`.
- Each session is in a cycle with its callback, `Session → Callback → function → tuple → cell → Session`: the attribute
  `on_close`, its attribute `function`, the `__closure__` of that, therein the cell `session`, and the `cell_contents`.
  (Before Python 3.11, a dictionary `__dict__` comes behind each of the two objects.) No cycle has two sessions in it.
- 120 objects `Page`, one for each request: `app.pages` grows with each, since its keys have the number of the request
  in them. That is the leak. A page refers to its session, so that the pages alone would keep all 50 sessions.
- 10 sessions are of visitors who have logged out, with `is_open` False. They are all still there.
- `app.recent` has 5 weak references to sessions, which keep nothing alive.
"""

import weakref

N_VISITORS = 50
N_REQUESTS = 120
N_LOGOUTS = 10
N_RECENT = 5


class Callback:
    """What is to be done when something ends."""

    def __init__(self, function):
        self.function = function


class Session:
    """What is known of a visitor."""

    def __init__(self, visitor):
        self.visitor = visitor
        self.is_open = True
        self.on_close = None


class Page:
    """An answer, rendered."""

    def __init__(self, session, number):
        self.session = session
        self.body = "<h1>Request %d of %s</h1>" % (number, session.visitor)


class Application:
    """Sessions by visitor, and a cache of pages."""

    def __init__(self):
        self.sessions = {}
        self.pages = {}
        self.recent = []

    def session(self, visitor):
        if visitor not in self.sessions:
            self.sessions[visitor] = new_session(visitor)
        return self.sessions[visitor]

    def serve(self, number):
        session = self.session("visitor-%d" % (number % N_VISITORS))
        # The mistake: no request has the key of another, so that each adds a page, and none is found again.
        self.pages[session.visitor, number] = Page(session, number)
        self.recent = (self.recent + [weakref.ref(session)])[-N_RECENT:]

    def log_out(self, visitor):
        self.sessions[visitor].on_close.function()


def new_session(visitor):
    session = Session(visitor)

    def expire():
        session.is_open = False

    session.on_close = Callback(expire)
    return session


app = Application()

if __name__ == "__main__":
    for request in range(N_REQUESTS):
        app.serve(request)
    for visitor in range(N_LOGOUTS):
        app.log_out("visitor-%d" % visitor)
