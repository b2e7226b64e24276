

if __name__ == "__main__":
    import sys
    import time

    for _ in range(int(sys.argv[1])):
        started = time.perf_counter()
        answer = run()
        print("round", (time.perf_counter() - started) * 1000, answer)
