if __name__ == "__main__":
    import time

    started = time.perf_counter()
    prepare(MEGABYTES)
    print("prepare", (time.perf_counter() - started) * 1000)
    worst = 0.0
    all_steps = 0.0
    answer = 0
    for number in range(STEPS):
        started = time.perf_counter()
        answer = (answer + step(number)) % 1000003
        taken = (time.perf_counter() - started) * 1000
        all_steps += taken
        worst = max(worst, taken)
    print("steps", all_steps)
    print("worst", worst)
    print("answer", answer)
