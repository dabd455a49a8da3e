//SOLUTION//
read -r mark_
while read -r line_; do
    given_=$(//NAME// $line_ | tr '\n' ',')
    printf '\n%s ' "$mark_"
    case //RETURNS//$given_ in
        list*) printf '[%s]\n' "${given_%,}" ;;
        maybeNone,) printf 'null\n' ;;
        *) printf '%s\n' "${given_%,}" ;;
    esac
done
