//SOLUTION//
{
    const [mark, ...lines] = require('fs').readFileSync(0, 'utf8').split('\n').slice(0, -1);
    const plain = (_, value) =>
        typeof value === 'bigint' ? Number(value) : typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
    for (const line of lines) {
        const given = //NAME//(line.split(' ').filter(word => word).map(Number));
        console.log(`\n${mark} ${JSON.stringify(given === undefined ? 'undefined' : given, plain)}`);
    }
}
