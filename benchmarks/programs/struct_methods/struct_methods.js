// Methods on small records: a walk over points, each step making new ones.
class Point {
    constructor(x, y) {
        this.x = x;
        this.y = y;
    }
    plus(other) {
        return new Point(this.x + other.x, this.y + other.y);
    }
    scaled(factor) {
        return new Point(this.x * factor, this.y * factor);
    }
    wrapped(size) {
        return new Point(this.x % size, this.y % size);
    }
    distance(other) {
        return (this.x - other.x) * (this.x - other.x) + (this.y - other.y) * (this.y - other.y);
    }
}

function run() {
    const origin = new Point(0, 0);
    const step = new Point(3, 7);
    let place = origin;
    let total = 0;
    for (let i = 0; i < 500000; i++) {
        place = place.plus(step.scaled(i % 5)).wrapped(1000);
        total = total + (place.distance(origin) % 1013);
    }
    return total;
}
