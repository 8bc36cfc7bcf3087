"""Places: who gets one, who waits, and who is sent away."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from kg.serve.places import WAITING, BusyError, Places


async def settle():
    for _ in range(5):
        await asyncio.sleep(0)


def test_one_client_leaves_a_place_to_others_and_who_has_fewest_goes_first():
    async def run():
        places, order, leave = Places(3, 60), [], asyncio.Event()

        async def take(client):
            async with places.take(client):
                order.append(client)
                await leave.wait()

        tasks = [asyncio.create_task(take("many")) for _ in range(4)]
        await settle()
        assert (order, places.are_wanted(), places.has_room("few")) == (["many"] * 2, True, True)
        tasks += [asyncio.create_task(take(client)) for client in ("few", "fewer", "many")]
        await settle()
        assert order == ["many", "many", "few"]
        tasks[0].cancel()
        await settle()
        assert order == ["many", "many", "few", "fewer"]
        leave.set()
        await asyncio.wait(tasks, timeout=60)
        assert order == ["many", "many", "few", "fewer", "many", "many", "many"]
        assert not places.are_wanted()

    asyncio.run(run())


def test_who_waits_too_long_or_too_often_is_sent_away_and_takes_no_place():
    async def run():
        places = Places(1, 0.01)
        async with places.take("a"):
            with pytest.raises(BusyError, match="all processes are busy"):
                async with places.take("b"):
                    pass
        assert places.has_room("b")
        patient = Places(1, 60)
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(patient.take("a"))
            waiting = [asyncio.create_task(patient.take("b").__aenter__()) for _ in range(WAITING)]
            await settle()
            with pytest.raises(BusyError, match="256 of your questions wait"):
                async with patient.take("b"):
                    pass
            for each in waiting:
                each.cancel()
            await settle()
        assert patient.has_room("b")
        assert not patient.are_wanted()

    asyncio.run(run())
