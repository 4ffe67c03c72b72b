"""Learning from rewards: what is drawn, what it is compared with, and that the reward rises."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

import numpy as np
import pytest
import torch

from llmbook import sampling
from llmbook.answers import batch, log_probabilities
from llmbook.errors import InputError
from llmbook.layers import RopeScaling
from llmbook.lora import Lora, add_lora
from llmbook.model import Config, Model
from llmbook.reinforce import Round, advantages, policy_loss, reinforce
from llmbook.torch_model import TorchModel
from llmbook.torch_sampling import cooled, read, sample

CONFIGS = {
    "grouped": Config(
        vocab_size=13,
        d_model=20,
        n_layers=2,
        n_heads=6,
        n_kv_heads=2,
        head_dim=8,
        d_ff=28,
        context=17,
    ),
    "llama3": Config(
        vocab_size=11,
        d_model=24,
        n_layers=3,
        n_heads=4,
        n_kv_heads=1,
        head_dim=14,
        d_ff=30,
        context=25,
        tied=False,
        rope_scaling=RopeScaling("llama3", factor=8, original_context=8),
    ),
}
CONFIG = CONFIGS["grouped"]
END = 12


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Iterator[None]:
    """Let a small model be small: threads that wait for each other take most of its time."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def model(config: Config = CONFIG, seed: int = 0, spread: float = 0.3) -> TorchModel:
    """Return a model whose norms are not 1 and whose attention is not even."""
    generator = np.random.default_rng(seed)
    weights = {
        name: np.float32(1 if len(shape) == 1 else 0)
        + np.float32(spread) * generator.standard_normal(shape, dtype=np.float32)
        for name, shape in config.shapes.items()
    }
    return TorchModel.from_model(Model(config, weights))


def generator(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


# --- What is drawn --------------------------------------------------------------------------------


@pytest.mark.parametrize("config", CONFIGS.values(), ids=CONFIGS.keys())
def test_filled_up_and_cached_rows_have_the_logits_of_plain_ones(config: Config) -> None:
    policy = model(config)
    texts = [[3, 1, 4, 1, 5, 9], [2, 6], [5, 3, 5, 8]]
    more = torch.tensor([[9, 7, 9], [3, 2, 3], [8, 4, 6]])
    padding = torch.tensor([0, 4, 2])
    ids = torch.tensor([[0] * (6 - len(text)) + text for text in texts])
    shape = (3, config.n_kv_heads, 9, config.head_dim)
    cache = [(torch.zeros(shape), torch.zeros(shape)) for _ in range(config.n_layers)]
    with torch.no_grad():
        found = [read(policy, ids, 0, padding, cache)[:, -1:]]
        found += [read(policy, more[:, i, None], 6 + i, padding, cache) for i in range(3)]
        vectors = torch.cat(found, dim=1)
        for row, text in enumerate(texts):
            plain = policy.hidden(torch.tensor([text + more[row].tolist()]))[0, -4:]
            assert plain.abs().max() > 1  # or anything near 0 would do
            torch.testing.assert_close(vectors[row], plain, atol=1e-4, rtol=1e-4)


def test_the_likeliest_answers_are_those_of_the_numpy_sampler() -> None:
    policy = model()
    prompts = [[3, 1, 4], [1], [5, 9, 2, 6, 5]]
    answers = sample(policy, prompts, max_tokens=7, generator=generator(), temperature=0)
    for prompt, answer in zip(prompts, answers, strict=True):
        found = sampling.generate(policy.to_model(), prompt, max_tokens=7, temperature=0)
        assert answer == list(found)


def test_an_answer_does_not_depend_on_when_the_others_end() -> None:
    policy, stops = model(), (4, END)
    prompts = [[a, b] for a, b in product(range(13), repeat=2)] + [[a] for a in range(13)]
    answers = sample(
        policy, prompts, max_tokens=12, generator=generator(), temperature=0, stop_ids=stops
    )
    assert len({len(answer) for answer in answers}) > 3
    numpy = policy.to_model()
    for prompt, answer in zip(prompts, answers, strict=True):
        found = [*sampling.generate(numpy, prompt, max_tokens=12, temperature=0, stop_ids=stops)]
        assert answer[: len(found)] == found
        assert answer[len(found) :] in ([], [4], [END])


def test_answers_are_drawn_with_their_probability() -> None:
    policy, n = model(spread=0.2), 20_000
    prompts = [[3, 1], [4]]
    answers = sample(
        policy, [p for p in prompts for _ in range(n)], max_tokens=2, generator=generator()
    )
    for row, prompt in enumerate(prompts):
        counts = Counter(map(tuple, answers[row * n : (row + 1) * n]))
        every = [list(pair) for pair in product(range(13), repeat=2)]
        logs = log_probabilities(policy, batch([prompt] * len(every), every, CONFIG))
        for answer, p in zip(every, logs.exp().tolist(), strict=True):
            spread = (p * (1 - p) / n) ** 0.5
            assert abs(counts[tuple(answer)] / n - p) < 5 * spread + 1e-4, answer


def test_an_answer_ends_with_a_stop_token_or_at_the_limit() -> None:
    answers = sample(
        model(), [[3], [1, 2]] * 200, max_tokens=6, generator=generator(), stop_ids=(4, END)
    )
    assert {len(answer) for answer in answers} == {1, 2, 3, 4, 5, 6}
    for answer in answers:
        assert not {4, END} & set(answer[:-1])
        assert len(answer) == 6 or answer[-1] in (4, END)


def test_answers_end_where_the_context_does() -> None:
    answers = sample(model(), [[1] * 15, [2]], max_tokens=99, generator=generator())
    assert [len(answer) for answer in answers] == [3, 3]
    assert len(sample(model(), [[1] * 17], max_tokens=9, generator=generator())[0]) == 1


def test_the_same_seed_draws_the_same() -> None:
    draws = [
        sample(model(), [[3], [1, 2]], max_tokens=9, generator=generator(seed))
        for seed in (0, 0, 1)
    ]
    assert draws[0] == draws[1] != draws[2]


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"prompts": []}, "no prompts"),
        ({"prompts": [[]]}, "a prompt has 0 tokens"),
        ({"prompts": [[1] * 18]}, "a prompt has 18 tokens"),
        ({"prompts": [[13]]}, "not between 0 and 12"),
        ({"max_tokens": 0}, "max_tokens must be 1 or more"),
        ({"temperature": -1.0}, "temperature must be between"),
        ({"temperature": float("nan")}, "temperature must be between"),
    ],
)
def test_what_cannot_be_answered_is_refused(changes: Any, named: str) -> None:
    settings = {"prompts": [[1]], "max_tokens": 3, "generator": generator(), **changes}
    with pytest.raises(InputError, match=named):
        sample(model(), **settings)


@pytest.mark.parametrize("config", CONFIGS.values(), ids=CONFIGS.keys())
def test_a_cooled_model_has_the_probabilities_of_a_temperature(config: Config) -> None:
    plain, ids = model(config), torch.tensor([[3, 1, 4, 1, 5]])
    before = plain(ids)
    torch.testing.assert_close(cooled(plain, 0.25)(ids), before / 0.25, atol=1e-4, rtol=1e-5)
    assert torch.equal(plain(ids), before)


@pytest.mark.parametrize("temperature", [0.0, -1.0, float("nan"), float("inf")])
def test_a_model_is_not_cooled_by_nonsense(temperature: float) -> None:
    with pytest.raises(InputError, match="temperature must be above 0"):
        cooled(model(), temperature)


def test_damaged_weights_are_named() -> None:
    damaged = model()
    with torch.no_grad():
        damaged.model.norm.weight[0] = torch.nan
    with pytest.raises(InputError, match="weights are damaged"):
        sample(damaged, [[1]], max_tokens=3, generator=generator())


# --- What it is compared with ---------------------------------------------------------------------


def test_an_advantage_is_the_reward_minus_the_mean_of_the_others() -> None:
    rewards = torch.randn(4, 3, generator=generator(), dtype=torch.float64)
    found = advantages(rewards)
    for i, j in product(range(4), range(3)):
        others = [rewards[i, k].item() for k in range(3) if k != j]
        assert found[i, j].item() == pytest.approx(rewards[i, j].item() - np.mean(others))
    torch.testing.assert_close(found.sum(dim=1), torch.zeros(4, dtype=torch.float64))
    # Dr. GRPO takes off the mean of all, which is the same but for a factor.
    torch.testing.assert_close(found, 3 / 2 * (rewards - rewards.mean(dim=1, keepdim=True)))


def test_the_gradient_is_on_average_that_of_the_mean_reward() -> None:
    """Sum over all groups that could be drawn, each with its probability: no noise is left."""
    logits = torch.tensor([0.3, -0.4, 1.0], dtype=torch.float64, requires_grad=True)
    rewards = torch.tensor([2.0, 0.5, -1.0], dtype=torch.float64)
    for kl in (0.0, 0.7):
        reference = torch.tensor([0.1, 0.5, 0.2], dtype=torch.float64).log_softmax(0)
        logs = logits.log_softmax(0)
        value = (logs.exp() * (rewards - kl * (logs - reference))).sum()
        (expected,) = torch.autograd.grad(value, logits)
        total = torch.zeros(3, dtype=torch.float64)
        for group in product(range(3), repeat=3):
            picked = logits.log_softmax(0)[list(group)][None]
            earned = rewards[list(group)] - kl * (picked[0].detach() - reference[list(group)])
            (gradient,) = torch.autograd.grad(policy_loss(picked, earned[None]), logits)
            total -= picked.detach().sum().exp() * gradient
        torch.testing.assert_close(total, expected)


# --- The run --------------------------------------------------------------------------------------


PROMPTS = [[a, b] for a in range(4) for b in range(4)]


def reward(prompt: Sequence[int], answer: Sequence[int]) -> float:
    """Reward the sum of the prompt: nobody shows how, but each answer can be checked."""
    return float(answer[0] == sum(prompt))


def longer(_: Sequence[int], answer: Sequence[int]) -> float:
    """Reward the length: answers differ in it, whatever the model."""
    return float(len(answer))


def fresh() -> TorchModel:
    """Return a model that answers at random."""
    return TorchModel(CONFIG).initialize(generator())


def run(policy: TorchModel, **changes: Any) -> list[Round]:
    rounds: list[Round] = []
    settings = {
        "steps": 2,
        "max_tokens": 1,
        "stop_ids": (END,),
        "progress": rounds.append,
        **changes,
    }
    reinforce(policy, PROMPTS, reward, **settings)
    return rounds


@pytest.mark.parametrize("seed", [0, 1])
def test_the_reward_rises_from_chance(seed: int) -> None:
    rounds = run(fresh(), steps=60, prompts_a_step=16, learning_rate=1e-2, seed=seed)
    assert [r.step for r in rounds] == list(range(1, 61))
    early, late = (np.mean([r.reward for r in part]) for part in (rounds[:5], rounds[-5:]))
    assert early < 0.2  # chance is 1 / 13
    assert late > 0.6
    assert abs(rounds[0].divergence) < 1e-4 and rounds[-1].divergence > 1
    assert rounds[0].length == 1


def test_a_price_on_divergence_keeps_the_model_near() -> None:
    far, near = (
        run(fresh(), steps=40, prompts_a_step=16, learning_rate=1e-2, kl=kl)[-1].divergence
        for kl in (0.0, 1.0)
    )
    assert near < far / 2


def test_the_same_seed_gives_the_same_run() -> None:
    def weights(seed: int) -> torch.Tensor:
        policy = model()
        reinforce(policy, PROMPTS, longer, steps=2, max_tokens=5, stop_ids=(END,), seed=seed)
        return torch.cat([weight.flatten() for weight in policy.parameters()])

    assert torch.equal(weights(0), weights(0))
    assert not torch.equal(weights(0), weights(1))


def test_a_run_of_an_adapter_changes_the_adapter_alone() -> None:
    policy = model()
    add_lora(policy, Lora(rank=2), generator())
    before = {name: weight.clone() for name, weight in policy.state_dict().items()}
    reinforce(policy, PROMPTS, longer, steps=2, max_tokens=5, stop_ids=(END,))
    for name, weight in policy.state_dict().items():
        assert torch.equal(weight, before[name]) == (".lora_" not in name), name


def test_equal_rewards_teach_nothing() -> None:
    policy = model()
    before = [weight.clone() for weight in policy.parameters()]
    reinforce(policy, PROMPTS, lambda *_: 1.0, steps=3, max_tokens=2, stop_ids=(END,))
    assert all(map(torch.equal, policy.parameters(), before))


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"steps": 0}, "0 steps"),
        ({"group": 1}, "1 answers each"),
        ({"prompts_a_step": 0}, "0 prompts a step"),
        ({"kl": -1.0}, "a price of -1.0"),
        ({"kl": float("nan")}, "a price of nan"),
        ({"max_tokens": 0}, "max_tokens"),
        ({"learning_rate": 0.0}, "a rate of 0.0"),
    ],
)
def test_settings_that_make_no_sense_are_refused(changes: Any, named: str) -> None:
    with pytest.raises(InputError, match=named):
        run(model(), **changes)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_reward_that_is_no_number_is_refused(value: float) -> None:
    with pytest.raises(InputError, match="is not a finite number"):
        reinforce(model(), PROMPTS, lambda *_: value, steps=1, max_tokens=2, stop_ids=())


def test_no_prompts_are_refused() -> None:
    with pytest.raises(InputError, match="there are no prompts"):
        reinforce(model(), [], reward, steps=1, max_tokens=2, stop_ids=())
