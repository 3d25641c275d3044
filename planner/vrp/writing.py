"""A plan as JSON: what it costs, its routes with times, and who is left out."""

from typing import Any

from planner.vrp.problem import Routes, Routing


def written(problem: Routing, plan: Routes) -> dict[str, Any]:
    """The plan in the file's own names. A stop's children are named by their stop at school too."""
    drop = {int(node): int(r) for r, node in enumerate(problem.drop) if node >= 0}
    fetched = {int(node) for node, last in zip(problem.pick, problem.drop, strict=True) if last >= 0}
    school = problem.labels[0] == "yard"

    def event(node: int) -> str:
        return "setdown" if node in drop else "pickup" if node in fetched else "visit"

    def name(node: int) -> str:
        return problem.labels[int(problem.pick[drop[node]]) if school and node in drop else node]

    return {
        "name": problem.name,
        "cost": round(plan.cost, 6),
        "vehicles": len(plan.routes),
        "unserved": [problem.labels[int(problem.pick[r])] for r in plan.unserved],
        "routes": [
            {
                "start": round(start, 6),
                "end": round(end, 6),
                "stops": [
                    {"node": name(stop.node), "event": event(stop.node), "time": round(stop.at, 6)}
                    for stop in route
                ],
            }
            for route, start, end in zip(plan.routes, plan.starts, plan.ends, strict=True)
        ],
    }
