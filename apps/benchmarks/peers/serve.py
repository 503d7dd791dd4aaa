"""The process of a contestant in Python: `python serve.py with_numpy` answers the coordinator's requests, line by line, as
src/serve.ts does. The module has `makers`, by kind of task: each takes a task and gives two functions, `result`, the
numbers by which it is checked, and `unit`.
"""
import base64
import importlib
import json
import os
import sys
import time
from array import array
from types import SimpleNamespace


def decoded(value):
    """A JSON object: numbers as bytes in base64, everything else by name."""
    for name, code in (("float32", "f"), ("int32", "i")):
        if name in value:
            return array(code, base64.b64decode(value[name]))
    return SimpleNamespace(**value)


def take_turn(unit, milliseconds):
    """Runs unit after unit for about so many milliseconds: src/turn.ts says how, src/clock.ts which time counts."""
    start, start_processor = time.perf_counter(), time.process_time()
    units, following = 0, 1
    while True:
        for _ in range(following):
            unit()
        units += following
        clock = (time.perf_counter() - start) * 1000
        elapsed = min(clock, (time.process_time() - start_processor) * 1000)
        if elapsed >= milliseconds or clock >= 3 * milliseconds:
            return {"answer": "ran", "units": units, "milliseconds": elapsed}
        following = max(1, min(int(units / max(elapsed, 1e-3) * milliseconds / 20), 2 * units))


def serve(module):
    """Whatever the libraries print goes to the error stream."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    result = unit = None
    for line in sys.stdin:
        request = json.loads(line, object_hook=decoded)
        try:
            if request.ask == "prepare":
                make = importlib.import_module(module).makers.get(request.task.kind)
                answer = {"answer": "ready" if make else "passes"}
                if make:
                    result, unit = make(request.task)
            elif request.ask == "result":
                answer = {"answer": "result", "numbers": result()}
            else:
                answer = take_turn(unit, request.milliseconds)
        except ImportError as error:
            answer = {"answer": "absent", "reason": str(error)}
        except Exception as error:
            answer = {"answer": "failed", "reason": repr(error)}
        print(json.dumps(answer), file=answers, flush=True)


serve(sys.argv[1])
