
for round = 1, tonumber(arg[1]) do
    local started = os.clock()
    local answer = run()
    print(string.format("round %.4f %d", (os.clock() - started) * 1000, answer))
end
